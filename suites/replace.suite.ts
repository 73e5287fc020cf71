import { configuredConformance } from '../runners/jest';

configuredConformance(['replace']);
