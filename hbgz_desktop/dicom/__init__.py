"""Everything that speaks or reads DICOM; owns pynetdicom, pydicom and the pixel decoders."""
