import { conformance } from 'invite-conformance/vitest';
import options from './options.cjs';

conformance(options);
