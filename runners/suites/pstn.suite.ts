import { configuredConformance } from '../jest';

configuredConformance(['pstn']);
