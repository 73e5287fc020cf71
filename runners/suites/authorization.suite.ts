import { configuredConformance } from '../jest';

configuredConformance(['authorization']);
