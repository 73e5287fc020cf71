import { configuredConformance } from '../runners/jest';

configuredConformance(['request']);
