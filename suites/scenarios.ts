import { authorization } from './authorization';
import { failure } from './failure';
import { multiple } from './multiple';
import { ordering } from './ordering';
import { pstn } from './pstn';
import { replace } from './replace';
import { request } from './request';
import type { Scenario } from './scenario';
import { single } from './single';

/** Every scenario of the suite. */
export const SCENARIOS: readonly Scenario[] = [
  single,
  multiple,
  replace,
  pstn,
  request,
  authorization,
  failure,
  ordering,
];
