import { configuredConformance } from '../jest';

configuredConformance(['multiple']);
