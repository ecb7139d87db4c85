#!lua flags=allow-oom
-- The register: a hash a room (code, ends, key), one hash from codes to rooms, and one of staff keys by name. (Small, and
-- also needed to erase where memory is short.)
-- KEYS  the room's hash or that of staff keys, the codes
-- ARGV  "add", room, code, key, ends ("" for open) | "ends", ends ("" for open) | "remove" | "staff", name, what is kept of
--       the key (left out: it goes)
-- Answers {"ok"} or {"taken"}.

local room, codes = KEYS[1], KEYS[2]

local function set_end(ends)
  if ends == "" then
    redis.call("HDEL", room, "ends")
  else
    redis.call("HSET", room, "ends", ends)
  end
end

local function free_code()
  local code = redis.call("HGET", room, "code")
  if code then
    redis.call("HDEL", codes, code)
  end
end

if ARGV[1] == "add" then
  local holder = redis.call("HGET", codes, ARGV[3])
  -- One code, one room; the same room again is someone who did not hear the first answer.
  if holder and holder ~= ARGV[2] then
    return {"taken"}
  end
  -- A room that comes with a new code gives its old one back.
  free_code()
  redis.call("HSET", codes, ARGV[3], ARGV[2])
  redis.call("HSET", room, "code", ARGV[3], "key", ARGV[4])
  set_end(ARGV[5])
elseif ARGV[1] == "ends" then
  -- A room that is not there is not made by this.
  if redis.call("EXISTS", room) == 1 then
    set_end(ARGV[2])
  end
elseif ARGV[1] == "staff" then
  if ARGV[3] then
    redis.call("HSET", room, ARGV[2], ARGV[3])
  else
    redis.call("HDEL", room, ARGV[2])
  end
elseif ARGV[1] == "remove" then
  -- A removed room gives its code back.
  free_code()
  redis.call("DEL", room)
end
return {"ok"}
