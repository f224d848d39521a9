namespace Sluice;

/// <summary>Marks a public static method without parameters, or a public static property, that returns the program's <see cref="App"/>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class SluiceAppAttribute : Attribute;
