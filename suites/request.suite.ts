import { configuredConformance } from '../cli/jest';

configuredConformance(['request']);
