using System.Runtime.InteropServices;
using System.Text.Json;
using Sluice.Json;

namespace Sluice.JsonSchemas.Evaluating;

/// <summary>Where the evaluation is, in the schema and in the value. Kept only while violations are collected.</summary>
internal sealed class EvaluationPath
{
    private readonly List<string> schema = [];
    private readonly List<string> instance = [];

    public string Schema => string.Concat(schema);

    public string Instance => string.Concat(instance);

    public void EnterSchema(string path) => schema.Add(path);

    public void LeaveSchema() => schema.RemoveAt(schema.Count - 1);

    public void EnterItem(string path, int index)
    {
        schema.Add(path);
        instance.Add($"/{index}");
    }

    public void EnterProperty(string path, JsonProperty property)
    {
        schema.Add(path);
        instance.Add(JsonPointer.Segment(JsonText.Decode(JsonMarshal.GetRawUtf8PropertyName(property))));
    }

    public void LeaveChild()
    {
        LeaveSchema();
        instance.RemoveAt(instance.Count - 1);
    }

    public void Clear()
    {
        schema.Clear();
        instance.Clear();
    }
}
