#!lua
-- Append entries to one room's log: all of them or none, and only where the log ends where the writer believes it does.
-- (The first line makes Redis refuse the whole script before it starts when memory or disk is short, never half way.)
-- KEYS  the stream of headers, the hash of bodies, the tombstone
-- ARGV  after, head, hash before the first entry, channel, entries (for each seq, header, hash, salted body or nothing: four
--       texts, a length of four bytes before each), then the numbers whose bodies are to be forgotten
-- Answers {"ok"}, {"gone"}, {"stale", last} or {"behind", last}.

-- An erased room is gone for ever.
if redis.call("EXISTS", KEYS[3]) == 1 then
  return {"gone"}
end

local after, last, hash = tonumber(ARGV[1]), 0, ARGV[3]
local tail = redis.call("XREVRANGE", KEYS[1], "+", "-", "COUNT", 1)[1]
if tail then
  last, hash = tonumber(string.match(tail[1], "^%d+")), tail[2][4]
end
-- Someone else wrote first.
if last > after then
  return {"stale", last}
end
-- The log went backwards.
if last < after then
  return {"behind", last}
end
-- It ends at the right number with another history.
if hash ~= ARGV[2] then
  return {"behind", last}
end

local entries, at = ARGV[5], 1
while at <= #entries do
  local seq, header, hash_of_header, body
  seq, header, hash_of_header, body, at = struct.unpack(">I4c0I4c0I4c0I4c0", entries, at)
  -- The id is the number, so that a stream can never hold a number twice or out of order.
  redis.call("XADD", KEYS[1], seq .. "-1", "header", header, "hash", hash_of_header)
  -- A body lives beside the stream, so that it can be deleted and the chain still verifies.
  if body ~= "" then
    redis.call("HSET", KEYS[2], seq, body)
  end
end
-- Words that leave the log leave it in the same step.
for i = 6, #ARGV do
  redis.call("HDEL", KEYS[2], ARGV[i])
end
-- Followers everywhere get the entries as written. Redis sends this only after it has synced.
redis.call("PUBLISH", ARGV[4], ARGV[5])
return {"ok"}
