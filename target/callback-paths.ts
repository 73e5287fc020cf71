import { randomBytes } from 'node:crypto';
import { withPathSegment } from '../common/urls';

/** The paths at which the listener takes deliveries, each of which nobody can guess: one a call. */
export class CallbackPaths {
  readonly #keys = new Map<string, string>();
  /** The last segment of the path at which the listener tells that it is there. */
  readonly ready = randomBytes(16).toString('hex');

  /** Makes the path of a call. @param key the call's @param base the URL under which it lies */
  add(key: string, base: string): string {
    const segment = randomBytes(16).toString('hex');
    this.#keys.set(segment, key);
    return withPathSegment(base, segment);
  }

  /** The last segment of a path. */
  segmentOf(path: string): string {
    return path.split('/').filter(Boolean).at(-1) ?? '';
  }

  /** The key of the call that a path belongs to; undefined where it belongs to none. */
  keyOf(path: string): string | undefined {
    return this.#keys.get(this.segmentOf(path));
  }
}
