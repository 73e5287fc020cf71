import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Limits the number of connections, so that senders with many idle connections do not block others.
 * @returns the connections, the longest idle first; a caller that uses one moves it to the end
 */
export function limitConnections(server: Server, most: number, onEnd: () => void): Set<Socket> {
  const recent = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    recent.add(socket);
    socket.once('close', () => recent.delete(socket));
    const [oldest] = recent;
    if (recent.size <= most || !oldest) return;
    onEnd();
    oldest.destroy();
  });
  return recent;
}
