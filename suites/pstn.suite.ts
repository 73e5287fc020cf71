import { configuredConformance } from '../runners/jest';

configuredConformance(['pstn']);
