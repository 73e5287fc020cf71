import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps the number of connections bounded, so that senders who hold many and say nothing keep nobody else out.
 * @returns the connections, the one that was idle the longest first; whoever uses one puts it at the end
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
