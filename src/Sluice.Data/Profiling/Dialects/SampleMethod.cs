namespace Sluice.Data.Profiling.Dialects;

/// <summary>A way to take some rows of a table: the first that the engine can do with it is used.</summary>
/// <param name="Name">Its name, as the catalog keeps it.</param>
/// <param name="Source">What stands behind FROM and takes the rows.</param>
internal sealed record SampleMethod(string Name, string Source);
