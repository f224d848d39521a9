using System.Text.Json;

namespace Sluice.JsonSchemas.Compiling;

/// <summary>A schema as written: where it stands and to which resource it belongs.</summary>
internal sealed record SchemaLocation(SchemaDocument Document, string Pointer, JsonElement Element, SchemaResource Resource)
{
    public string Path => Document.Name + Pointer;
}
