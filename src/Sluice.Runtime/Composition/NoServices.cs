namespace Sluice.Runtime.Composition;

/// <summary>Stands in where the host gave no services.</summary>
internal sealed class NoServices : IServiceProvider
{
    public static NoServices Instance { get; } = new();

    public object? GetService(Type serviceType) => null;
}
