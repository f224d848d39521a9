namespace Sluice.DataSets.Warehouse;

/// <summary>Something that a domain keeps records of.</summary>
/// <param name="Name">Its name in words, such as <c>purchase order line</c>.</param>
/// <param name="Attributes">What is known of it, in words.</param>
internal sealed record Entity(string Name, IReadOnlyList<string> Attributes);
