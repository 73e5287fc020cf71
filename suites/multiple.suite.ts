import { configuredConformance } from '../cli/jest';

configuredConformance(['multiple']);
