import { conformance } from 'invite-conformance/node-test';
import options from './options.cjs';

conformance(options);
