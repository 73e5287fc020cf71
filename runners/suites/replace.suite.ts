import { configuredConformance } from '../jest';

configuredConformance(['replace']);
