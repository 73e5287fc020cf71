import { configuredConformance } from '../cli/jest';

configuredConformance(['replace']);
