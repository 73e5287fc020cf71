import { randomBytes } from 'node:crypto';
import { withPathSegment } from '../common/urls';

/** The callback paths of the listener, one per call; each is unguessable. */
export class CallbackPaths {
  readonly #keys = new Map<string, string>();
  /** The last segment of the path at which the listener confirms that it is running. */
  readonly ready = randomBytes(16).toString('hex');

  /** Creates the callback URL of a call. @param key the call's @param base the URL that the path is appended to */
  add(key: string, base: string): string {
    const segment = randomBytes(16).toString('hex');
    this.#keys.set(segment, key);
    return withPathSegment(base, segment);
  }

  /** The last segment of a path. */
  segmentOf(path: string): string {
    return path.split('/').filter(Boolean).at(-1) ?? '';
  }

  /** The key of the call that a path belongs to, if any. */
  keyOf(path: string): string | undefined {
    return this.#keys.get(this.segmentOf(path));
  }
}
