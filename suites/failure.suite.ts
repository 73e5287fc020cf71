import { configuredConformance } from '../runners/jest';

configuredConformance(['failure']);
