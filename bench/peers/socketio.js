// socket.io as its own pages show it: whoever comes joins the room named in the address, and a change goes to all in it.
// node socketio.js PORT [SOCKET-OF-A-REDIS]

import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-adapter";
import { Redis } from "ioredis";
import { Server } from "socket.io";

const [port, redis] = process.argv.slice(2);
const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false });

if (redis) {
  const link = new Redis(redis);
  io.adapter(createAdapter(link, link.duplicate()));
}

io.on("connection", (socket) => {
  const room = String(socket.handshake.query.room);
  socket.join(room);
  socket.on("change", (change) => io.to(room).emit("change", change));
});

http.listen({ port: Number(port), host: "127.0.0.1", backlog: 4096 });
