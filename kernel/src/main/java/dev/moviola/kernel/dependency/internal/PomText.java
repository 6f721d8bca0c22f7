package dev.moviola.kernel.dependency.internal;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Makes a whole POM of the pieces of one that people paste into a cell. */
public final class PomText {
    private static final Map<String, String> HOMES =
            Map.of("dependency", "dependencies", "repository", "repositories", "exclusion", "exclusions");

    private PomText() {}

    /** {@code text} itself if it is a project, else a project that holds its elements, each where it belongs. */
    public static String complete(String text) {
        try {
            String bare = text.replaceFirst("^\\s*<\\?xml[^>]*\\?>", "");
            Element pieces = parse("<pieces>" + bare + "</pieces>").getDocumentElement();
            Map<String, StringBuilder> loose = new LinkedHashMap<>();
            StringBuilder whole = new StringBuilder();
            for (Node node = pieces.getFirstChild(); node != null; node = node.getNextSibling()) {
                if (node.getNodeType() != Node.ELEMENT_NODE) {
                    continue;
                }
                String name = node.getLocalName() == null ? node.getNodeName() : node.getLocalName();
                if (name.equals("project")) {
                    return bare.strip();
                }
                String home = HOMES.get(name);
                if (home == null && HOMES.containsValue(name)) {
                    StringBuilder inner = loose.computeIfAbsent(name, key -> new StringBuilder());
                    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
                        inner.append(text(child));
                    }
                } else if (home == null) {
                    whole.append(text(node));
                } else {
                    loose.computeIfAbsent(home, key -> new StringBuilder()).append(text(node));
                }
            }
            loose.forEach((home, inner) -> whole.append("<")
                    .append(home)
                    .append(">")
                    .append(inner)
                    .append("</")
                    .append(home)
                    .append(">"));
            boolean named = whole.indexOf("<artifactId>") == 0
                    || whole.toString().matches("(?s)^<(groupId|artifactId|modelVersion)>.*");
            return "<project><modelVersion>4.0.0</modelVersion>"
                    + (named ? "" : "<groupId>notebook</groupId><artifactId>cell</artifactId><version>1</version>")
                    + whole + "</project>";
        } catch (SAXException e) {
            throw new MoviolaException("this is not XML of a POM: " + e.getMessage(), e);
        } catch (IOException | ParserConfigurationException | TransformerException e) {
            throw new MoviolaException("the POM cannot be read: " + e.getMessage(), e);
        }
    }

    private static Document parse(String xml) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        var builder = factory.newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(xml)));
    }

    private static String text(Node node) throws TransformerException {
        TransformerFactory factory = TransformerFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Transformer transformer = factory.newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        StringWriter text = new StringWriter();
        transformer.transform(new DOMSource(node), new StreamResult(text));
        return text.toString();
    }
}
