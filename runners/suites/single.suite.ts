import { configuredConformance } from '../jest';

configuredConformance(['single']);
