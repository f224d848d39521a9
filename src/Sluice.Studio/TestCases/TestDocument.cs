namespace Sluice.Studio.TestCases;

/// <summary>A test case that is kept here.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Version">Counts its changes, from 1; a change names the version it saw.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Case">The case.</param>
internal sealed record TestDocument(string Id, long Version, DateTimeOffset UpdatedAt, TestCase Case);
