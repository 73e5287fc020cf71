import { configuredConformance } from '../cli/jest';

configuredConformance(['pstn']);
