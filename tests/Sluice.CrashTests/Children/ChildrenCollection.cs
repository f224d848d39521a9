namespace Sluice.CrashTests.Children;

/// <summary>Tests that keep the machine busy with processes of their own run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ChildrenCollection
{
    public const string Name = "children";
}
