import { configuredConformance } from '../cli/jest';

configuredConformance(['failure']);
