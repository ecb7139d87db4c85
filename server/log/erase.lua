#!lua flags=allow-oom
-- Erase one room's log and leave a tombstone. (Also where memory is short: it frees some.)
-- KEYS  the stream of headers, the hash of bodies, the tombstone
-- ARGV  the date in milliseconds, channel

redis.call("DEL", KEYS[1], KEYS[2])
-- The first date stays.
redis.call("SET", KEYS[3], ARGV[1], "NX")
-- No entries: followers look, and find the room gone.
redis.call("PUBLISH", ARGV[2], "")
return {"ok"}
