import { configuredConformance } from '../runners/jest';

configuredConformance(['authorization']);
