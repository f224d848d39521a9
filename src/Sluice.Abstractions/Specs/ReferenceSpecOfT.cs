namespace Sluice;

/// <summary>A reference whose value is the C# type <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The type of the full value.</typeparam>
public sealed record ReferenceSpec<T> : ReferenceSpec;
