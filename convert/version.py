"""The version, in one place: read by the package, its builder, the command and every manifest."""

VERSION = "0.1.0"
