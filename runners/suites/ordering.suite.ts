import { configuredConformance } from '../jest';

configuredConformance(['ordering']);
