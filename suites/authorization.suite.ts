import { configuredConformance } from '../cli/jest';

configuredConformance(['authorization']);
