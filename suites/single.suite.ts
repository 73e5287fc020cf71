import { configuredConformance } from '../cli/jest';

configuredConformance(['single']);
