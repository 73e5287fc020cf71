import { configuredConformance } from '../runners/jest';

configuredConformance(['single']);
