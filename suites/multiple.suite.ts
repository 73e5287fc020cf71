import { configuredConformance } from '../runners/jest';

configuredConformance(['multiple']);
