using System.Text.Json.Serialization.Metadata;

namespace Sluice;

/// <summary>A union of types told apart by <c>kind</c>, for types that carry no attributes of System.Text.Json. Made by <see cref="Of{TBase}"/>.</summary>
public abstract class TaggedUnion
{
    /// <summary>The property that tells the cases apart.</summary>
    public const string Discriminator = "kind";

    private protected TaggedUnion(Type baseType, IReadOnlyDictionary<string, Type> cases) => (BaseType, Cases) = (baseType, cases);

    /// <summary>The base class or interface.</summary>
    public Type BaseType { get; }

    /// <summary>The type of each kind.</summary>
    public IReadOnlyDictionary<string, Type> Cases { get; }

    /// <summary>Starts a union without cases.</summary>
    /// <typeparam name="TBase">The base class or interface.</typeparam>
    public static TaggedUnion<TBase> Of<TBase>()
        where TBase : class => new(new Dictionary<string, Type>(StringComparer.Ordinal));

    internal void Modify(JsonTypeInfo contract)
    {
        if (contract.Type != BaseType) return;
        var polymorphism = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = Discriminator };
        foreach (var (kind, type) in Cases) polymorphism.DerivedTypes.Add(new(type, kind));
        contract.PolymorphismOptions = polymorphism;
    }
}
