using System.Text.Json.Serialization.Metadata;

namespace Sluice;

/// <summary>The attributes of a member, whether they stand on the property or on the constructor parameter behind it.</summary>
internal sealed class MemberAttributes(IEnumerable<Attribute> attributes)
{
    private readonly Attribute[] _attributes = [.. attributes];

    public static MemberAttributes Of(JsonPropertyInfo? property) => new(
    [
        .. Attributes(property?.AttributeProvider),
        .. Attributes(property?.AssociatedParameter?.AttributeProvider),
    ]);

    public T? Find<T>()
        where T : Attribute => _attributes.OfType<T>().FirstOrDefault();

    private static IEnumerable<Attribute> Attributes(System.Reflection.ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(inherit: true).OfType<Attribute>() ?? [];
}
