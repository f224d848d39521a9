namespace Sluice;

/// <summary>A plan whose body is the C# type <typeparamref name="TBody"/>.</summary>
/// <typeparam name="TBody">The application's body type.</typeparam>
public sealed record PlanSpec<TBody> : PlanSpec;
