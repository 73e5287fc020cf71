export { checkWritable, WriteError, writeText as writeReport } from '../common/write-file';
