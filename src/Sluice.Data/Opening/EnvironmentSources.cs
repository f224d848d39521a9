namespace Sluice.Data.Opening;

/// <summary>Where each part is; null where it is not described, or not well.</summary>
internal sealed record EnvironmentSources(PartSource? TargetDatabase, PartSource? Catalog, PartSource? KeyValue);
