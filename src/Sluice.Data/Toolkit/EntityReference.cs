using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Sluice.Data.Toolkit;

/// <summary>How a model names an entry: one of the two.</summary>
internal sealed record EntityReference(
    [property: Description("The id of a catalog entry. Give this or qualifiedName."), MaxLength(512)] string? Id = null,
    [property: Description("The name with its schema, such as public.orders or public.orders.status; a table's bare name works where it is unique."), MaxLength(512)]
    string? QualifiedName = null)
{
    /// <summary>What was given, for messages.</summary>
    [JsonIgnore]
    public string Text => Id ?? QualifiedName ?? "";

    /// <summary>Makes sure that one is given, and only one.</summary>
    /// <exception cref="SluiceException">Not exactly one is given (<c>invalid_arguments</c>).</exception>
    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Id) == string.IsNullOrWhiteSpace(QualifiedName))
            throw new SluiceException(ErrorCodes.InvalidArguments, "A reference is either {\"id\": …} or {\"qualifiedName\": …}. Give exactly one of them.");
    }
}
