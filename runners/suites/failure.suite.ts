import { configuredConformance } from '../jest';

configuredConformance(['failure']);
