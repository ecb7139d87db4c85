#!lua flags=no-writes
-- One page of a room's log, headers with their bodies, in one unmoving view.
-- KEYS  the stream of headers, the hash of bodies, the tombstone
-- ARGV  after, most entries to answer
-- Answers {"gone"} or {"ok", last, {id, header, hash, salted body or nil}, …}.

-- An erased room is gone for readers too.
if redis.call("EXISTS", KEYS[3]) == 1 then
  return {"gone"}
end

local last = 0
local tail = redis.call("XREVRANGE", KEYS[1], "+", "-", "COUNT", 1)[1]
if tail then
  last = tonumber(string.match(tail[1], "^%d+"))
end
local page = {"ok", last}
for _, kept in ipairs(redis.call("XRANGE", KEYS[1], "(" .. ARGV[1] .. "-1", "+", "COUNT", ARGV[2])) do
  local seq = string.match(kept[1], "^%d+")
  page[#page + 1] = {tonumber(seq), kept[2][2], kept[2][4], redis.call("HGET", KEYS[2], seq)}
end
return page
